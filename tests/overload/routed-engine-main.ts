/** The process of an engine whose functions reach its stores by the addresses in its first argument. */
import { DataFolder } from '../../localstack/embedded/data-folder.ts';
import { startEngine, type StoreEndpoints } from '../../localstack/embedded/engine.ts';
import { readSettings } from '../../localstack/embedded/engine-settings.ts';
import { readCdkApp } from '../../localstack/embedded/synthesize.ts';

/** What it tells: where the stores really are, then where it is itself. */
export type RoutedEngineReport = { stores: StoreEndpoints } | { apiUrl: string; awsEndpoint: string };

function report(message: RoutedEngineReport): void {
  process.send?.(message);
}

const routes: StoreEndpoints = JSON.parse(process.argv[2] ?? '');
const settings = readSettings(['-c', 'publicAccess=true'], process.env);
if (settings === 'help') throw new Error('no help was asked for');
const engine = await startEngine({
  settings,
  app: await readCdkApp(settings.appFolder, settings.context),
  folder: DataFolder.open(settings.dataFolder, settings.fresh),
  onProgress: () => {},
  onFailure: (reason) => {
    throw new Error(reason);
  },
  routeStores: async (stores) => {
    report({ stores });
    return routes;
  },
});
process.once('disconnect', () => void engine.stop().finally(() => process.exit()));
report({ apiUrl: engine.apiUrls[0] ?? '', awsEndpoint: engine.awsEndpoint });
