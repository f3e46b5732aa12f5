import { readFileSync } from 'node:fs'
import { classify } from '../../features/tier-rules/classify.ts'
import { Fault } from '../fault.ts'

/** Classifies facts from a file or, with `-`, from standard input; needs no database. */
export function printTier(source: string): void {
  let text: string
  try {
    text = readFileSync(source === '-' ? 0 : source, 'utf8')
  } catch {
    throw new Fault(`读不到文件 ${source}。`, `Cannot read ${source}.`)
  }
  let facts: unknown
  try {
    facts = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    throw new Fault(`${source} 不是 JSON:${reason}`, `${source} is not JSON.`)
  }
  console.log(JSON.stringify(classify(facts, 'zh')))
}
