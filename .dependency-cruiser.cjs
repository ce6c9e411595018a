/**
 * The law of imports, default deny: a folder may import what is listed for it and nothing else.
 * Type-only imports count. A folder is entered through its index.ts.
 */
/** What each folder of `src` may import, besides itself. Packages are ruled below. */
const allowed = {
  'shared/units': [],
  'shared/waits': ['shared/units'],
  'shared/locks': ['shared/units'],
  'shared/statements': ['shared/units'],
  'shared/logs': ['shared/units', 'shared/statements'],
  'shared/series': ['shared/units'],
  'shared/activity': ['shared/(units|waits|series|statements)'],
  'shared/workload': ['shared/units'],
  'shared/host': ['shared/(units|series)'],
  'shared/schema': ['shared/units', 'shared/statements'],
  'shared/plan': ['shared/units', 'shared/statements', 'shared/logs'],
  'shared/session': ['shared/(units|waits|plan|statements|logs|series|activity|workload|schema|locks|host)'],
  'shared/contract': [
    'shared/(units|waits|plan|statements|logs|series|activity|workload|schema|locks|host|session)',
  ],

  // The ground floor of main: waiting for news, files that survive a crash, one thing after the other.
  'main/tail': [],
  'main/files': [],
  'main/order': [],
  'main/targets': ['shared', 'main/(tail|files|order)'],
  'main/store': ['shared', 'main/(tail|files|order)'],
  'main/demo': ['shared', 'main/(tail|files|order)', 'main/targets'],
  'main/profiler': ['shared', 'main/(tail|files|order)', 'main/targets'],
  // Collectors don't know the store: they emit, and the router hands on.
  'main/collectors': ['shared', 'main/(tail|files|order)', 'main/targets'],
  'main/router': [
    'shared',
    'main/(tail|files|order)',
    'main/targets',
    'main/store',
    'main/demo',
    'main/profiler',
    'main/collectors',
  ],
  // What every host needs of its surroundings; hosts themselves never import each other.
  'main/hosts/common': ['shared', 'main/router', 'main/files'],
  'main/hosts/electron': ['shared', 'main/router', 'main/files', 'main/hosts/common'],
  'main/hosts/web': ['shared', 'main/router', 'main/hosts/common'],
  'main/hosts/cli': ['shared', 'main/router', 'main/hosts/common'],

  preload: [],

  'renderer/theme': ['shared'],
  'renderer/kit': ['shared', 'renderer/theme'],
  'renderer/charts': ['shared', 'renderer/(kit|theme)'],
  'renderer/editor': ['shared', 'renderer/theme'],
  'renderer/client': ['shared'],
  'renderer/state': ['shared', 'renderer/client'],
  'renderer/timeline': ['shared', 'renderer/(client|state|kit|charts|session-charts|theme)'],
  // Charts of what the session holds, on the window's time range: any panel's.
  'renderer/session-charts': ['shared', 'renderer/(client|state|kit|charts|theme)'],
  // What holds the server up, in words: above several panels.
  'renderer/bottlenecks': ['shared', 'renderer/(client|state|kit|limits|theme)'],
  // What a server doesn't let one see, and the statement that mends it: above several panels.
  'renderer/limits': ['shared', 'renderer/(state|kit)'],
  // Plans are looked at from several panels: a run's, a pasted one, one out of a log, two beside each other.
  'renderer/plan-views': ['shared', 'renderer/(state|kit|charts|theme)'],
  'renderer/panels/[^/]+': [
    'shared',
    'renderer/(client|state|kit|charts|session-charts|bottlenecks|limits|editor|theme|plan-views)',
  ],
  'renderer/app': [
    'shared',
    // Neither plans nor the editor: they come with the panels that show them.
    'renderer/(client|state|kit|charts|theme|timeline|panels)',
  ],
}

/** `src/renderer/panels/query` imports itself as `$0`: a group in `from.path` is known in `to.path` as $1. */
const lawOfFolders = Object.entries(allowed).map(([path, may]) => ({
  name: `law: ${path}`,
  comment: `src/${path} may import only: itself${may.map((m) => `, ${m}`).join('')} (.dependency-cruiser.cjs)`,
  severity: 'error',
  from: { path: `^src/(${path})/` },
  to: { path: '^src/', pathNot: ['^src/$1/', ...may.map((m) => `^src/${m}/`)] },
}))

/** A package belongs to one folder, so that it can be replaced there. */
const owned = [
  ['the pg driver', '^node_modules/(pg|pg-protocol)/', 'main/targets'],
  ['DuckDB', '^node_modules/@duckdb/', 'main/store'],
  ['Electron', '^node_modules/electron/', 'main/hosts/electron|preload'],
  ['Monaco', '^node_modules/monaco-editor/', 'renderer/editor'],
  ['chart libraries', '^node_modules/(uplot|echarts)/', 'renderer/charts'],
  ['graph libraries', '^node_modules/(@xyflow|elkjs)/', 'renderer/panels/locks'],
  ['the oRPC client', '^node_modules/@orpc/client/', 'renderer/client|main/hosts/cli|main/router'],
]

module.exports = {
  forbidden: [
    ...lawOfFolders,
    ...owned.map(([what, path, owner]) => ({
      name: `owned: ${what}`,
      comment: `only src/${owner} imports ${what}`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${owner})/` },
      to: { path },
    })),
    {
      name: 'unlisted folder',
      comment: 'a new folder of src gets its line in .dependency-cruiser.cjs first (default deny)',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [...Object.keys(allowed).map((p) => `^src/${p}/`), '\\.d\\.ts$', '^src/renderer/[^/]+$'],
      },
      to: {},
    },
    {
      name: 'shared is pure',
      comment: 'shared knows no package (zod and the oRPC contract in shared/contract), no Node, no DOM',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: ['^src/shared/', '^node_modules/(zod|@orpc/contract)/'] },
    },
    {
      name: 'zod stays in the contract',
      comment: 'domain folders hold plain data and functions',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '^src/shared/contract/' },
      to: { path: '^node_modules/' },
    },
    {
      name: 'renderer without Node',
      comment: 'the renderer reaches Node only through the contract',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'enter by index.ts',
      comment: 'a folder is entered through its index.ts',
      severity: 'error',
      from: { path: '^src/([^/]+)/(hosts/[^/]+|panels/[^/]+|[^/]+)/' },
      to: {
        path: '^src/([^/]+)/(hosts/[^/]+|panels/[^/]+|[^/]+)/.+',
        pathNot: ['^src/$1/$2/', '^src/[^/]+/(hosts/[^/]+|panels/[^/]+|[^/]+)/index\\.tsx?$'],
      },
    },
    {
      name: 'panels come when they are looked at',
      comment:
        "a panel's index.ts imports its body by import() alone, and no components (docs/decisions/0018)",
      severity: 'error',
      from: { path: '^src/renderer/panels/[^/]+/index\\.ts$' },
      to: {
        path: ['^src/renderer/panels/[^/]+/body\\.ts$', '\\.tsx$', '^src/renderer/(?!panels/|state/)'],
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    { name: 'no cycles', comment: 'break the cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no orphan packages',
      comment: 'a package is declared in package.json',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: ['\\?(raw|worker|url)', '^#'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|sql|svg|woff2?)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
