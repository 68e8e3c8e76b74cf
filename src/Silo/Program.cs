using GridMesh.Silo.Verbs;

return await CommandLine.RunAsync(args);
