/** How engines are known to differ from AWS in what errors.test.ts shows. */
import type { Causes } from '../with-differences.ts';

export const DIFFERENCES: Causes = {
  ministack: [
    {
      why: 'MiniStack shows clients the error of a function.',
      observed: {
        'a function that throws': {
          status: 502,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: { message: '{"errorMessage": "secret", "errorType": "Runtime.HandlerError"}' },
        },
        'a function that ends': {
          status: 502,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: { message: '{"errorMessage": "Worker process died", "errorType": "Runtime.HandlerError"}' },
        },
      },
    },
    {
      why: 'MiniStack sends answers that are malformed on AWS, or fails with 500.',
      observed: {
        'an answer that is a text': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: 'text',
        },
        'an answer that is null': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: '',
        },
        'an answer that is a list': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: [],
        },
        'a status that is no number': {
          status: 500,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': undefined },
          body: '',
        },
        'a body that is an object': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: { a: 1 },
        },
        'a header that is an object': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: '',
        },
        'a member that there is not': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: '',
        },
        'a gateway response for all errors of the server adds its headers': {
          status: 200,
          headers: { 'Access-Control-Allow-Origin': undefined },
          body: 'text',
        },
      },
    },
    {
      why: 'MiniStack has no limits of the sizes of requests and answers.',
      observed: {
        'an answer over the 6 MB of Lambda is an error of the function': 200,
        'a body of more than 10 MB is refused': 200,
        'an event that is too large for Lambda is refused': 200,
        'headers of more than 10,240 bytes are refused': 200,
      },
    },
  ],
  localstack: [
    {
      why: 'LocalStack fails itself if the answer is null.',
      observed: {
        'an answer that is null': {
          status: 500,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'text/plain; charset=utf-8' },
          body: "Error in apigateway invocation: argument of type 'NoneType' is not iterable",
        },
      },
    },
    {
      why: 'LocalStack sends the names of the members of a body that is an object.',
      observed: {
        'a body that is an object': {
          status: 200,
          headers: { 'x-amzn-ErrorType': undefined, 'Content-Type': 'application/json' },
          body: 'a',
        },
      },
    },
    {
      why: 'LocalStack has no limits of the sizes of requests; the function cannot read them.',
      observed: {
        'a body of more than 10 MB is refused': 502,
        'an event that is too large for Lambda is refused': 502,
        'headers of more than 10,240 bytes are refused': 200,
      },
    },
    {
      why: 'LocalStack uses only the status of gateway responses that CloudFormation has made.',
      observed: {
        'a gateway response has its own status, headers and body': {
          status: 404,
          headers: {
            'X-Reason': undefined,
            'x-amzn-ErrorType': 'MissingAuthenticationTokenException',
            'Content-Type': 'application/json',
          },
          body: { message: 'Missing Authentication Token' },
        },
        'a gateway response for all errors of the server adds its headers': {
          status: 502,
          headers: { 'Access-Control-Allow-Origin': undefined },
          body: { message: 'Internal server error' },
        },
      },
    },
  ],
};
