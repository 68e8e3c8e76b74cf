using GridMesh.Bench.Grains;
using GridMesh.Bench.Micro;
using GridMesh.Bench.Storage;

return args switch
{
    ["storage", .. var rest] => await StorageBench.RunAsync(rest),
    ["grains", .. var rest] => await IdleGrainsBench.RunAsync(rest),
    ["micro", .. var rest] => MicroBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench -- <what>

          grains [--count 1000000]
                                 managed heap of idle workers and buildings
          storage --db sqlite|postgres [--connection …] [--seconds 5] [--streams 256]
                                 durable appends, reads, state writes and track rows
          micro [*Roll* …] [--export folder]
                                 the hot paths one by one, time and memory of an operation; those whose name fits, or all
        """);
    return 1;
}
