import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A mail as it arrived: of the envelope, and as it stood on the wire, dots taken off. */
export interface Arrived {
  readonly from: string
  readonly to: string
  readonly source: string
}

export interface SmtpDouble {
  readonly url: string
  readonly arrived: readonly Arrived[]
  /** Mailboxes that are there; to others a mail is refused. */
  readonly mailboxes: Set<string>
  /** Those whose disk is full for now. */
  readonly full: Set<string>
  /** What happens to the next connections: they are cut before the greeting, or once the mail was taken. */
  cut: 'greeting' | 'data' | null
  close(): void
}

const USER = 'chenhui'
const PASSWORD = 'p@ss/word'

/** RFC 5321 4.5.3.1: octets of a command line, and of a line of text, both with their CRLF. */
const MOST = { command: 512, text: 1000 }
const MOST_BYTES = 100_000
const BYE = '221 2.0.0 Bye'
const TOO_LONG = '500 5.5.2 Line too long'

/**
 * A mail server that takes mail of one user for its mailboxes (RFC 5321; AUTH by RFC 4954, PLAIN alone; SIZE by
 * RFC 1870; 8BITMIME by RFC 6152). It keeps to the order of commands and to what lines may hold.
 */
export async function openSmtp(): Promise<SmtpDouble> {
  const sockets = new Set<Socket>()
  const arrived: Arrived[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    if (double.cut === 'greeting') socket.destroy()
    else converse(socket, double, arrived)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const double: SmtpDouble = {
    ...{ arrived, mailboxes: new Set(), full: new Set(), cut: null },
    url: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  return double
}

function converse(socket: Socket, double: SmtpDouble, arrived: Arrived[]): void {
  let [greeted, known] = [false, false]
  let envelope: { from: string; to: string | null; eightBit: boolean } | null = null
  let text: string[] | null = null
  let rest = ''

  /** What is answered to it. */
  function command(line: string): string {
    const [, verb = '', said = ''] = line.match(/^(\w+)(?:\s+(.*))?$/) ?? []
    switch (verb.toUpperCase()) {
      case 'EHLO':
        greeted = true
        envelope = null
        return `250-mail.bank.example\r\n250-SIZE ${MOST_BYTES}\r\n250-8BITMIME\r\n250 AUTH PLAIN`
      case 'AUTH': {
        if (!greeted || envelope) return '503 5.5.1 Bad sequence of commands'
        if (known) return '503 5.5.1 Authenticated already'
        const [how, initial = ''] = said.split(' ')
        if (how?.toUpperCase() !== 'PLAIN') return '504 5.5.4 Unrecognized authentication type'
        known = Buffer.from(initial, 'base64').toString() === `\0${USER}\0${PASSWORD}`
        return known ? '235 2.7.0 Authentication successful' : '535 5.7.8 Credentials invalid'
      }
      case 'MAIL': {
        if (!greeted || envelope) return '503 5.5.1 Bad sequence of commands'
        if (!known) return '530 5.7.0 Authentication required'
        const [, from, parameters = ''] = said.match(/^FROM:<([^<>\s]*)>(.*)$/i) ?? []
        if (from === undefined) return '501 5.5.4 Syntax error in parameters'
        if (Number(parameters.match(/SIZE=(\d+)/i)?.[1] ?? 0) > MOST_BYTES) {
          return '552 5.3.4 Message size exceeds fixed limit'
        }
        envelope = { from, to: null, eightBit: /BODY=8BITMIME/i.test(parameters) }
        return '250 2.1.0 Sender OK'
      }
      case 'RCPT': {
        if (!envelope) return '503 5.5.1 Bad sequence of commands'
        const to = said.match(/^TO:<([^<>\s]+)>/i)?.[1]
        if (!to) return '501 5.5.4 Syntax error in parameters'
        if (double.full.has(to)) return `452 4.2.2 <${to}> Mailbox full`
        if (!double.mailboxes.has(to)) return `550 5.1.1 <${to}> No such mailbox`
        envelope.to = to
        return '250 2.1.5 Recipient OK'
      }
      case 'DATA':
        if (!envelope?.to) return '503 5.5.1 Bad sequence of commands'
        text = []
        return '354 End data with <CR><LF>.<CR><LF>'
      case 'RSET':
        envelope = null
        return '250 2.0.0 OK'
      case 'NOOP':
        return '250 2.0.0 OK'
      case 'QUIT':
        return BYE
      default:
        return '500 5.5.1 Command unrecognized'
    }
  }

  /** A line of the text, without its CRLF; what a server may not pass on is refused at the end. Null: it goes on. */
  function content(line: string): string | null {
    if (line !== '.') {
      text?.push(line.replace(/^\./, ''))
      return null
    }
    const source = text?.join('\r\n') ?? ''
    const { from = '', to, eightBit } = envelope ?? {}
    ;[text, envelope] = [null, null]
    const long = source.split('\r\n').some((each) => Buffer.byteLength(each) > MOST.text - 2)
    const high = [...source].some((letter) => letter > '\x7f') && !eightBit
    if (long || high || /[\r\n]/.test(source.replaceAll('\r\n', ''))) {
      return '554 5.6.0 Message malformed'
    }
    arrived.push({ from, to: to ?? '', source })
    // Taken, and the answer is lost.
    if (double.cut === 'data') socket.destroy()
    return '250 2.0.0 Queued'
  }

  socket.on('data', (bytes) => {
    rest += bytes.toString('utf8')
    const lines = rest.split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const reply = text ? content(line) : line.length > MOST.command - 2 ? TOO_LONG : command(line)
      if (reply) socket.write(`${reply}\r\n`)
      if (reply === BYE) socket.end()
    }
  })
  socket.write('220 mail.bank.example ESMTP\r\n')
}

/** Whom a mail is to by its header, what it is about, and its words. */
export function readMail({ source }: Arrived) {
  const [head = '', ...body] = source.split('\r\n\r\n')
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => {
        const [, name = '', value = ''] = line.match(/^([^:]+): (.*)$/) ?? []
        return [name.toLowerCase(), decoded(value)]
      }),
  )
  const words = body.join('\r\n\r\n')
  const quoted = () =>
    Buffer.from(
      words
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString()
  const encoding = headers.get('content-transfer-encoding')
  const text =
    encoding === 'base64'
      ? Buffer.from(words, 'base64').toString()
      : encoding === 'quoted-printable'
        ? quoted()
        : words
  return { headers, subject: headers.get('subject') ?? '', text }
}

/** RFC 2047; blanks between two encoded words are nothing. */
const decoded = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, words: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(words, 'base64').toString()
        : Buffer.from(
            words
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/gi, (_all, hex) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          ).toString(),
    )
