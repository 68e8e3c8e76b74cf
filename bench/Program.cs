using GridMesh.Bench.Storage;

return args is ["storage", .. var rest]
    ? await StorageBench.RunAsync(rest)
    : throw new ArgumentException("A verb is needed: storage");
