import { createTransport } from 'nodemailer'
import { SendFailure } from '../core/chat.ts'
import type { MailGateway } from '../core/gateways.ts'
import { isLoopback } from './database/postgres/tls.ts'

export interface MailSettings {
  /** `smtps://user:password@host:465`, or `smtp://…:587`, which turns to TLS by STARTTLS. */
  readonly url: string
  /** Whom mails are from. */
  readonly from: string
}

/** Submission with STARTTLS, and with TLS from the beginning (RFC 8314). */
const PORTS = { 'smtp:': 587, 'smtps:': 465 }
/** The outbox gives a call 10 s; a server that greets slowly has its own share of them. */
const CONNECT_MS = 5000
const ANSWER_MS = 8000
/** A server that has no room or no time for one mail now has it later (RFC 5321 4.5.4.1 asks for patience). */
const LATER_MS = 60_000

/** How a server is reached. In clear only on this machine. */
export function connectionOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  return {
    host,
    port: port ? Number(port) : PORTS[secure ? 'smtps:' : 'smtp:'],
    secure,
    requireTLS: !secure && !isLoopback(host),
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
  }
}

export interface Mailer extends MailGateway {
  /** Rejects where the server is not there, or does not take the password. */
  verify(): Promise<void>
}

/** Mails by a server of the bank's. */
export function createMailer({ url, from }: MailSettings): Mailer {
  const connection = connectionOf(url)
  const transport = createTransport({
    ...connection,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    dnsTimeout: CONNECT_MS,
    // Nothing of a mail is read from files or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text, key }) {
      const messageId = `<${key}@${from.split('@').at(-1)?.replace(/>$/, '')}>`
      // Asks vacation notices to keep quiet (RFC 3834).
      const headers = { 'Auto-Submitted': 'auto-generated' }
      await transport
        .sendMail({ from, to: { name: '', address: to }, subject, text, messageId, headers })
        .catch((error) => {
          throw failureOf(error)
        })
    },
    async verify() {
      await transport.verify().catch((error) => {
        throw failureOf(error)
      })
    },
  }
}

/** What a mail server answers, or how it does not; its own words may name the address, and are left out. */
function failureOf(error: unknown): SendFailure {
  const { code, command, responseCode } = error as {
    code?: string
    command?: string
    responseCode?: number
  }
  const why = ['smtp', code, command, responseCode].filter(Boolean).join(' ')
  const ofOne = command !== undefined && /^(RCPT|DATA|API)/.test(command)
  if (responseCode === undefined || responseCode === 421 || !ofOne) {
    return new SendFailure('away', why)
  }
  return responseCode >= 500
    ? new SendFailure('refused', why)
    : new SendFailure('later', why, LATER_MS)
}
