/** The tables and the picture of whatever was measured. */
import { renderComparison } from './compare-report.ts';
import { drawComparison } from './draw-comparison.ts';
import { drawHistory } from './draw-history.ts';
import { drawLive } from './draw-live.ts';
import { drawLogins } from './draw-logins.ts';
import { drawProfile } from './draw-profile.ts';
import { drawSoak } from './draw-soak.ts';
import { renderHistory } from './history-report.ts';
import { renderLive } from './live-report.ts';
import { renderLogins } from './logins-report.ts';
import { renderProfile } from './profile-report.ts';
import type { BenchResults } from './results.ts';
import { renderSoak } from './soak-report.ts';

export function renderReport(results: BenchResults): { markdown: string; svg: string } {
  switch (results.command) {
    case 'compare':
    case 'members':
    case 'chats':
      return { markdown: renderComparison(results), svg: drawComparison(results) };
    case 'logins':
      return { markdown: renderLogins(results), svg: drawLogins(results) };
    case 'history':
      return { markdown: renderHistory(results), svg: drawHistory(results) };
    case 'live':
      return { markdown: renderLive(results), svg: drawLive(results) };
    case 'profile':
      return { markdown: renderProfile(results), svg: drawProfile(results) };
    case 'soak':
      return { markdown: renderSoak(results), svg: drawSoak(results) };
  }
}
