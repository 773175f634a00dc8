/** What fauxqs does otherwise than SQS, put right inside its own modules before it starts. */
import { deliverGroupsInOrder } from './fifo-delivery.ts';
import type { FauxqsModules } from './fauxqs-modules.ts';

/** Changes the loaded modules, which all queues of this process share; a second call changes nothing. */
export function correctFauxqs(fauxqs: FauxqsModules): void {
  if (corrected.has(fauxqs.SqsQueue)) return;
  corrected.add(fauxqs.SqsQueue);
  correctTextChecks(fauxqs);
  nameErrorsAsSqs(fauxqs);
  countVisibleAgain(fauxqs);
  deleteByLastHandle(fauxqs);
  deliverGroupsInOrder(fauxqs.SqsQueue.prototype);
}

const corrected = new WeakSet<object>();

/** fauxqs refuses characters beyond U+FFFF, such as emoji (API reference, SendMessage), and lets ids be of any length. */
function correctTextChecks({
  INVALID_MESSAGE_BODY_CHAR: invalidCharacter,
  VALID_BATCH_ENTRY_ID: entryId,
}: FauxqsModules): void {
  const allowed = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
  invalidCharacter.test = (text) => !allowed.test(text);
  const allowedId = /^[\w-]{1,80}$/;
  entryId.test = (id) => allowedId.test(id);
}

/** Errors that have another name in the header `x-amzn-query-error` than fauxqs gives them (the SQS service model). */
const QUERY_CODES: Record<string, string> = {
  InvalidAttributeName: 'InvalidAttributeName',
  InvalidAttributeValue: 'InvalidAttributeValue',
  InvalidMessageContents: 'InvalidMessageContents',
  InvalidParameterValue: 'InvalidParameterValue',
  MissingParameter: 'MissingParameter',
  QueueNameExists: 'QueueAlreadyExists',
};

/** SDKs name an error by this header; with fauxqs's prefix they do not know these. */
function nameErrorsAsSqs({ SqsError }: FauxqsModules): void {
  Object.defineProperty(SqsError.prototype, 'queryErrorHeader', {
    get(this: FauxqsModules['SqsError']['prototype']) {
      const code = QUERY_CODES[this.queryCode] ?? `AWS.SimpleQueueService.${this.queryCode}`;
      return `${code};${this.senderFault ? 'Sender' : 'Receiver'}`;
    },
  });
}

/** fauxqs looks at its timers when a message is received, and until then counts what is visible again as in flight. */
function countVisibleAgain({ SqsQueue: { prototype } }: FauxqsModules): void {
  const { getAllAttributes } = prototype;
  prototype.getAllAttributes = function (requested) {
    this.processTimers();
    return getAllAttributes.call(this, requested);
  };
}

/** A message whose visibility timeout is over can be deleted until it is received again; fauxqs forgets the handle. */
function deleteByLastHandle({ SqsQueue: { prototype } }: FauxqsModules): void {
  const lastHandles = new WeakMap<object, string>();
  const { dequeue, deleteMessage } = prototype;
  prototype.dequeue = function (...options) {
    const received = dequeue.apply(this, options);
    for (const { ReceiptHandle } of received) {
      const inFlight = this.inflightMessages.get(ReceiptHandle);
      if (inFlight !== undefined) lastHandles.set(inFlight.message, ReceiptHandle);
    }
    return received;
  };
  prototype.deleteMessage = function (receiptHandle) {
    if (this.inflightMessages.has(receiptHandle)) return deleteMessage.call(this, receiptHandle);
    const index = this.messages.findIndex((message) => lastHandles.get(message) === receiptHandle);
    const [deleted] = index < 0 ? [] : this.messages.splice(index, 1);
    if (deleted !== undefined) this.persistence?.deleteMessage(deleted.messageId);
    return deleted !== undefined;
  };
}

/** A name that no attribute has: fauxqs answers all attributes when a receive names none, SQS none. */
const NO_ATTRIBUTE = '';

/** @param receive body of a ReceiveMessage request */
export function hideUnaskedAttributes(receive: unknown): void {
  if (typeof receive !== 'object' || receive === null) return;
  const names: unknown = Reflect.get(receive, 'MessageAttributeNames');
  if (!Array.isArray(names) || names.length === 0) Reflect.set(receive, 'MessageAttributeNames', [NO_ATTRIBUTE]);
}
