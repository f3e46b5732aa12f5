export { answersBetween, handOverFigures, reasonsGiven } from './store.ts'
