import type { EventEmitter } from 'node:events'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { PuppetServer } from 'wechaty-puppet-service'
import { freePort } from '../../support/free-port.ts'

// A puppet service of Wechaty, over real gRPC with TLS, around a puppet that plays WeChat.

export const TOKEN = 'insecure_11111111-2222-3333-4444-555555555555'

type Contact = ReturnType<mock.Mocker['createContact']>

export interface PuppetDouble {
  readonly settings: Readonly<Record<string, string>>
  readonly endpoint: string
  readonly mocker: mock.Mocker
  readonly puppet: PuppetMock
  /** Somebody at WeChat. */
  person(name: string): Contact
  /** The bot's own account; logged in by `mocker.login`. */
  readonly own: Contact
  /** Collects what the bot says there; the mock's types keep silent about their events. */
  hears(place: unknown, into: string[]): void
  close(): Promise<void>
}

export async function openPuppet(): Promise<PuppetDouble> {
  const mocker = new mock.Mocker()
  const puppet = new PuppetMock({ mocker })
  const endpoint = `127.0.0.1:${await freePort()}`
  const server = new PuppetServer({ puppet, endpoint, token: TOKEN, tls: { disable: false } })
  await puppet.start()
  await server.start()
  const own = mocker.createContact({ name: 'chenhui' })
  return {
    settings: {
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_TOKEN: TOKEN,
      WECHATY_ENDPOINT: endpoint,
    },
    endpoint,
    mocker,
    puppet,
    person: (name) => mocker.createContact({ name }),
    own,
    hears: (place, into) =>
      void (place as EventEmitter).on(
        'message',
        (message: { talker(): { id: string }; text(): string }) => {
          if (message.talker().id === own.id) into.push(message.text())
        },
      ),
    close: () => server.stop(),
  }
}
