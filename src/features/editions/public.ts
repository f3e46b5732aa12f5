export {
  draftOf,
  editionOf,
  inForce,
  install,
  latest,
  markDryRun,
  publish,
  saveDraft,
  versions,
  withdraw,
} from './store.ts'
