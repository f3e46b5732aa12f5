export { type ClientResponse, responsesOf, runningFor } from './tag/store.ts'
