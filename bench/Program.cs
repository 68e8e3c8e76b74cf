using GridMesh.Bench.Engine;

return args switch
{
    ["engine", .. var rest] => await EngineBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench -- <what>

          engine [--seconds 3]   calls, activations, bytes per grain and stream hops of the embedded engine
        """);
    return 1;
}
