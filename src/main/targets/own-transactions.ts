import type { EndedTransactions, OpenServerClient, ServerClient } from './server-client.ts'

/** What the workbench's own connections add to the server's count of transactions. */
export interface OwnTransactions {
  /** The same opener, whose connections are counted from then on if they are the workbench's own. */
  readonly counting: (open: OpenServerClient) => OpenServerClient
  /** Of all of them, those that are closed included. */
  readonly total: () => EndedTransactions
}

/** What is run for the user is named otherwise: it is load like any other. */
const isOwn = (applicationName: string): boolean => applicationName.startsWith('barograph')

export function createOwnTransactions(): OwnTransactions {
  const clients = new Set<ServerClient>()
  let gone: EndedTransactions = { committed: 0, rolledBack: 0 }
  return {
    counting: (open) => async (settings, options) => {
      const client = await open(settings, options)
      if (isOwn(options?.applicationName ?? 'barograph')) clients.add(client)
      return client
    },
    total() {
      let living: EndedTransactions = { committed: 0, rolledBack: 0 }
      for (const client of clients) {
        if (client.isLost) {
          clients.delete(client)
          gone = add(gone, client.ended())
        } else living = add(living, client.ended())
      }
      return add(gone, living)
    },
  }
}

function add(one: EndedTransactions, other: EndedTransactions): EndedTransactions {
  return {
    committed: one.committed + other.committed,
    rolledBack: one.rolledBack + other.rolledBack,
  }
}
