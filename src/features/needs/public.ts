export { insertNeed } from './store.ts'
