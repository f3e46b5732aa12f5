import { customAlphabet } from 'nanoid'
import { CODE_LENGTH, CODE_LETTERS } from '../../bot/inbox/sender/codes.ts'

/** A new binding code. */
export const newCode = customAlphabet(CODE_LETTERS, CODE_LENGTH)
