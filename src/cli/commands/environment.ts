import { existsSync } from 'node:fs'
import { type Config, misspelt, readConfig } from '../../config.ts'
import { Fault } from '../fault.ts'

/** The environment, with `.env` where there is one. */
export function config(): Config {
  if (existsSync('.env')) {
    try {
      process.loadEnvFile('.env')
    } catch {
      throw new Fault('读不了 .env 文件，请检查权限和内容。', 'Cannot read the file .env.')
    }
  }
  for (const sentence of misspelt(Object.keys(process.env))) console.error(sentence)
  return readConfig(process.env)
}
