// Reads one stack of a CDK cloud assembly (the folder that `cdk synth` writes): its template and its assets.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** The parts of a CloudFormation template that the engine reads. */
export interface Template {
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Conditions?: Record<string, unknown>;
  Transform?: unknown;
  Resources: Record<string, ResourceDeclaration>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

export interface ResourceDeclaration {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
}

export interface AssemblyStack {
  stackName: string;
  template: Template;
  /** The folder of the asset that is uploaded under an S3 key; throws if there is none or it is a single file. */
  findAssetFolder: (s3Key: string) => string;
}

interface Manifest {
  artifacts?: Record<string, { type: string; properties?: { templateFile?: string; stackName?: string } }>;
}
interface AssetManifest {
  files?: Record<
    string,
    { source: { path?: string; packaging?: string }; destinations: Record<string, { objectKey: string }> }
  >;
}

/** Reads the assembly's only stack. Rejects if it has none or several. */
export async function readAssemblyStack(assemblyFolder: string): Promise<AssemblyStack> {
  const readText = (file: string): Promise<string> => readFile(resolve(assemblyFolder, file), 'utf8');
  const manifest: Manifest = JSON.parse(await readText('manifest.json'));
  const stacks = Object.entries(manifest.artifacts ?? {}).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [first, ...others] = stacks;
  if (first === undefined || others.length > 0) {
    const names = stacks.map(([id]) => id).join(', ') || 'none';
    throw new Error(`${assemblyFolder} must hold one stack, but has: ${names}; let the CDK app make one stack`);
  }
  const [artifactId, { properties = {} }] = first;
  const template: Template = JSON.parse(await readText(properties.templateFile ?? `${artifactId}.template.json`));
  const assets: AssetManifest = JSON.parse(await readText(`${artifactId}.assets.json`));
  const sources = Object.values(assets.files ?? {});
  return {
    stackName: properties.stackName ?? artifactId,
    template,
    findAssetFolder: (s3Key) => {
      const asset = sources.find(({ destinations }) =>
        Object.values(destinations).some(({ objectKey }) => objectKey === s3Key),
      );
      if (asset?.source.packaging !== 'zip' || asset.source.path === undefined) {
        throw new Error(
          `The S3 key ${s3Key} is not a folder among the assets of ${assemblyFolder}; use Code.fromAsset`,
        );
      }
      return resolve(assemblyFolder, asset.source.path);
    },
  };
}
