import { useEffect } from 'react'
import { create } from 'zustand'
import { client } from '#renderer/client/index.ts'
import type { CatalogueSource } from '#renderer/editor/index.ts'
import { notifyError, useServer } from '#renderer/state/index.ts'
import type { CatalogueNames } from '#shared/contract/index.ts'

const useNames = create<{ readonly names: CatalogueNames | undefined }>(() => ({ names: undefined }))

/** Others create relations too: completion has older names read again behind its answer. */
const namesAgeMs = 60_000
let askedAtMs = 0

async function readNames(refresh: boolean): Promise<void> {
  askedAtMs = performance.now()
  useNames.setState({ names: await client.catalogue.names({ refresh }) })
}

/** Reads the catalogue anew: something was created outside of the workbench. */
export function refreshCatalogue(): void {
  readNames(true).catch(notifyError)
}

/** After a statement that may have changed the catalogue; silent, since nobody asked. */
export function refreshCatalogueQuietly(): void {
  readNames(true).catch(() => {})
}

/** What completion asks; the names are read once a server is connected. */
export function useCatalogueSource(): CatalogueSource {
  const server = useServer()
  const identity =
    server === undefined
      ? undefined
      : `${server.host}:${server.port}/${server.database}#${server.startedAtMs}`
  useEffect(() => {
    if (identity === undefined) useNames.setState({ names: undefined })
    // Without names completion offers keywords: no reason to disturb.
    else readNames(false).catch(() => {})
  }, [identity])
  return source
}

const source: CatalogueSource = {
  names: () => {
    if (performance.now() - askedAtMs > namesAgeMs) readNames(false).catch(() => {})
    return useNames.getState().names
  },
  columns: (relations) => client.catalogue.columns({ relations: [...relations] }).catch(() => []),
}
