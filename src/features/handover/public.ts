export { handOverFigures, reasonsGiven } from './store.ts'
