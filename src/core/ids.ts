import { uuidv7 } from 'uuidv7'

/** A new id, larger than every one this process made before: order of ids is order of making. */
export const newId = (): string => uuidv7()
