/** A CDK app with one function behind one REST API, which synthesizes itself in a few milliseconds. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Writes a cloud assembly as the CDK does: the asset's folder is named after its contents. Refuses a source without a
 * handler, as a compiler would.
 */
const APP = `
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const out = process.env.CDK_OUTDIR;
const write = (name, value) => writeFileSync(\`\${out}/\${name}\`, JSON.stringify(value));
const source = readFileSync('source/index.mjs', 'utf8');
if (!source.includes('handler')) throw new Error(\`no handler in "\${source}"\`);
const hash = createHash('sha256').update(source).digest('hex');
mkdirSync(\`\${out}/asset.\${hash}\`, { recursive: true });
writeFileSync(\`\${out}/asset.\${hash}/index.mjs\`, source);
const template = JSON.parse(readFileSync('template.json', 'utf8').replaceAll('ASSET_HASH', hash));
write('Tiny.template.json', template);
write('Tiny.assets.json', { files: { [hash]: {
  source: { path: \`asset.\${hash}\`, packaging: 'zip' }, destinations: { here: { objectKey: \`\${hash}.zip\` } },
} } });
write('manifest.json', { artifacts: { Tiny: {
  type: 'aws:cloudformation:stack', properties: { templateFile: 'Tiny.template.json' },
} } });
`;

const functionUri = {
  'Fn::Join': [
    '',
    [
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
      { 'Fn::GetAtt': ['Function', 'Arn'] },
      '/invocations',
    ],
  ],
};

const RESOURCES = {
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { S3Key: 'ASSET_HASH.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x', Role: 'none' },
  },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Tiny' } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: functionUri },
    },
  },
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } }, DependsOn: 'Method' },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
  },
};

export class TinyApp {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'tiny-app-'));

  /** @param resources more resources for the template */
  constructor(resources: Record<string, unknown> = {}) {
    mkdirSync(path.join(this.folder, 'source'));
    this.#write('cdk.json', JSON.stringify({ app: 'node app.mjs', watch: { include: ['source/**'] } }));
    this.#write('app.mjs', APP);
    this.#write('template.json', JSON.stringify({ Resources: { ...RESOURCES, ...resources } }));
    this.answerWith('first');
  }

  /** Changes the function: `GET /` answers with this text from now on. */
  answerWith(text: string): void {
    const code = `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });\n`;
    this.#write('source/index.mjs', code);
  }

  /** The same by a new file that takes the old one's place, as many editors save. */
  replaceBy(text: string): void {
    const file = path.join(this.folder, 'source/index.mjs');
    const code = readFileSync(file, 'utf8');
    writeFileSync(`${file}.new`, code.replace(/body: ".*"/, `body: ${JSON.stringify(text)}`));
    renameSync(`${file}.new`, file);
  }

  /** Makes synthesis fail until the function is changed again. */
  breakWith(text: string): void {
    this.#write('source/index.mjs', text);
  }

  discard(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(name: string, contents: string): void {
    writeFileSync(path.join(this.folder, name), contents);
  }
}
