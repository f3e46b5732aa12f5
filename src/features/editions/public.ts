export {
  draftOf,
  editionOf,
  inForce,
  install,
  latestFrom,
  markDryRun,
  publish,
  saveDraft,
  versions,
  withdraw,
} from './store.ts'
