using GridMesh.Load;

return await CommandLine.RunAsync(args, TimeProvider.System, Console.Out, Console.Error);
