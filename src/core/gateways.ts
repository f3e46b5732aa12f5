// What a bank plugs in, or sets, to reach people beside their chats.

/**
 * A bank's own text message gateway. `createApp` takes one (`Surroundings.sms`); without it visitors of referral
 * pages are not asked for a code, and binding codes do not go by text message.
 */
export interface SmsGateway {
  /**
   * Sends a text of one message to a phone number in E.164. Resolves once the gateway has taken it;
   * throws when it did not: a visitor is asked to try again later, a message of the outbox waits.
   * Must not log either.
   */
  send(phone: string, text: string): Promise<void>
}

/** A mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Names this mail: sent again, it is the same one to whoever reads it. */
  readonly key: string
}

export interface MailGateway {
  /** Resolves once the server has taken it; throws a `SendFailure`, which names no address. */
  send(mail: Mail): Promise<void>
}

/** A way at WeCom by which people outside add one member as their contact. */
export interface ContactWay {
  /** By which alone WeCom knows it. */
  readonly configId: string
  /** Where the picture of its QR code is to be had. */
  readonly address: string
}

/** WeCom's customer contact (客户联系). Its calls throw a `SendFailure`, which names nobody. */
export interface ContactWays {
  /** `state` is what WeCom says of whoever comes this way: at most 30 characters. */
  make(userId: string, state: string): Promise<ContactWay>
  picture(address: string): Promise<Uint8Array>
  end(configId: string): Promise<void>
}

/** The ways to what is on file of somebody, in the order in which they are taken. */
export const POST_WAYS = ['mail', 'sms'] as const
export type PostWay = (typeof POST_WAYS)[number]
