import http from 'node:http'
import { WECHAT } from '../../support/visitor.ts'
import { addressOf } from './names.ts'

/** The status that the n-th visitor gets for a page, or for a form. */
export function request(
  port: number,
  agent: http.Agent,
  target: string,
  n: number,
  body?: string,
): Promise<number> {
  const headers = {
    'user-agent': WECHAT,
    'x-forwarded-for': addressOf(n),
    ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      { port, host: '127.0.0.1', path: target, agent, headers, method: body ? 'POST' : 'GET' },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}
