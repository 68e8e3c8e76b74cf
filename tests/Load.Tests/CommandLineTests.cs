namespace GridMesh.Load.Tests;

public sealed class CommandLineTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _progress = new();

    [Theory(DisplayName = "[LO5] an argument that is wrong is told by its name, nothing is run, and the exit is 2")]
    [InlineData("latency --rate 0", "--rate is 0;")]
    [InlineData("latency --rate 1001", "--rate is 1001;")]
    [InlineData("latency --rate many", "--rate")]
    [InlineData("latency --duration 3601", "--duration is 3601 s;")]
    [InlineData("latency --duration -5", "--duration is")]
    [InlineData("latency --speed 200", "--speed is 200;")]
    [InlineData("latency --url ftp://127.0.0.1", "--url is 'ftp://127.0.0.1/';")]
    [InlineData("latency --url nowhere", "--url is 'nowhere';")]
    [InlineData("latency --pid 5", "--pid goes with --url")]
    [InlineData("latency --storage postgres", "--storage postgres needs --connection")]
    [InlineData("latency --connection Host=x", "--connection goes with --storage postgres")]
    [InlineData("latency --url http://127.0.0.1:1 --storage postgres", "--storage, --connection and --data are for a product of our own")]
    [InlineData("kill --kills 0", "--kills is 0;")]
    [InlineData("kill --concurrency 5000", "--concurrency is 5000;")]
    [InlineData("kill --storage postgres", "--storage postgres needs --connection")]
    [InlineData("kill --connection Host=x", "--connection goes with --storage postgres")]
    [InlineData("kill --storage paper", "paper")]
    [InlineData("cluster", "--connection is missing;")]
    [InlineData("cluster --connection Host=x --silos 2", "--silos is 2;")]
    [InlineData("cluster --connection Host=x --silos 9", "--silos is 9;")]
    [InlineData("cluster --connection Host=x --gateways 0", "--gateways is 0;")]
    [InlineData("cluster --connection Host=x --speed 0", "--speed is 0;")]
    [InlineData("cluster --connection Host=x --rate 0", "--rate is 0;")]
    [InlineData("cluster --connection Host=x --duration 601", "--duration is 601 s;")]
    [InlineData("cluster --connection Host=x --callers 0", "--callers is 0;")]
    [InlineData("fanout --clients 0", "--clients is 0;")]
    [InlineData("fanout --clients 100001", "--clients is 100001;")]
    [InlineData("fanout --areas 401", "--areas is 401;")]
    [InlineData("fanout --rounds 0", "--rounds is 0;")]
    [InlineData("fanout --rate 21", "--rate is 21;")]
    [InlineData("fanout --flood 0", "--flood is 0;")]
    [InlineData("fanout --duration 601", "--duration is 601 s;")]
    [InlineData("reconnect --clients 0", "--clients is 0;")]
    [InlineData("reconnect --areas 0", "--areas is 0;")]
    [InlineData("reconnect --rate 1001", "--rate is 1001;")]
    [InlineData("reconnect --duration 301", "--duration is 301 s;")]
    [InlineData("bare-hub --urls nowhere", "--urls has to be an address")]
    [InlineData("people --districts 5,2", "--districts is 5,2;")]
    [InlineData("people --districts 0", "--districts is 0;")]
    [InlineData("people --districts 51", "--districts is 51;")]
    [InlineData("people --districts many", "--districts has 'many';")]
    [InlineData("people --phones 1001", "--phones is 1001;")]
    [InlineData("people --url http://127.0.0.1:1", "people starts a silo of its own")]
    [InlineData("ingest --connections 0", "--connections is 0;")]
    [InlineData("ingest --batched 0", "--batched is 0;")]
    [InlineData("ingest --url http://127.0.0.1:1", "ingest starts a silo of its own")]
    [InlineData("district --duration 30", "--duration is 30 s; district needs")]
    [InlineData("soak --phones -1", "--phones is -1;")]
    [InlineData("unheard-of", "unheard-of")]
    public async Task Wrong_arguments(string arguments, string problem)
    {
        (await RunAsync(arguments)).ShouldBe(CommandLine.NotRun);
        _progress.ToString().ShouldContain(problem);
        _output.ToString().ShouldBeEmpty();
    }

    [Theory(DisplayName = "[LO45] wrong options of seed, lifecycle, burst and storm are told by their names, all at once")]
    [InlineData("seed --districts 51 --cases -1", "--districts is 51;", "--cases is -1;")]
    [InlineData("seed --seed 0 --until 1999-01-01", "--seed is 0;", "--until is 1999-01-01;")]
    [InlineData("seed --districts 1", "--data is missing;", "")]
    [InlineData("lifecycle --rate 10001 --callers 1001", "--rate is 10001;", "--callers is 1001;")]
    [InlineData("lifecycle --crew 0 --url http://127.0.0.1:1 --data x", "--crew is 0;", "--data are for a product of our own")]
    [InlineData("burst --times 0 --step 7", "--times is 0;", "--step is 7 s;")]
    [InlineData("burst --times 101 --crew 5001", "--times is 101;", "--crew is 5001;")]
    [InlineData("storm --rate 101 --crew 0", "--rate is 101;", "--crew is 0;")]
    public async Task Wrong_cases(string arguments, string one, string other)
    {
        (await RunAsync(arguments)).ShouldBe(CommandLine.NotRun);
        _progress.ToString().ShouldContain(one);
        _progress.ToString().ShouldContain(other);
    }

    [Theory(DisplayName = "[LO5] wrong options of watches, patrols and open311 are told by their names, all at once")]
    [InlineData("watches --watches 200001 --due 1", "--watches is 200001;", "--due is 1;")]
    [InlineData("watches --lead 0 --url http://127.0.0.1:1", "--lead is 0;", "watches starts a silo of its own")]
    [InlineData("patrols --plans 401 --checkpoints 1", "--plans is 401;", "--checkpoints is 1;")]
    [InlineData("patrols --missed 91 --codes -1", "--missed is 91;", "--codes is -1;")]
    [InlineData("patrols --duration 5 --data x", "--duration is 5 s;", "--data does not go with it")]
    [InlineData("open311 --rate 1001 --reads 0", "--rate is 1001;", "--reads is 0;")]
    public async Task Wrong_field_work(string arguments, string one, string other)
    {
        (await RunAsync(arguments)).ShouldBe(CommandLine.NotRun);
        _progress.ToString().ShouldContain(one);
        _progress.ToString().ShouldContain(other);
    }

    [Fact(DisplayName = "[LO5] everything that is wrong is told at once")]
    public async Task All_problems()
    {
        await RunAsync("latency --rate 0 --duration 0 --speed 0");
        _progress.ToString().ShouldContain("--rate is");
        _progress.ToString().ShouldContain("--duration is");
        _progress.ToString().ShouldContain("--speed is");
    }

    [Theory(DisplayName = "[LO5] --help lists the scenarios and the options of each, and exits with 0")]
    [InlineData("--help", "latency", "kill")]
    [InlineData("latency --help", "--rate", "--html")]
    [InlineData("kill --help", "--kills", "--html")]
    [InlineData("cluster --help", "--silos", "--gateways")]
    public async Task Help(string arguments, string one, string other)
    {
        (await RunAsync(arguments)).ShouldBe(CommandLine.Met);
        _output.ToString().ShouldContain(one);
        _output.ToString().ShouldContain(other);
    }

    [Fact(DisplayName = "[LO5] a product that does not answer is no missed threshold: the exit is 2")]
    public async Task Nobody_there()
    {
        // Port 1 of this machine is reserved and nobody listens there.
        (await RunAsync("latency --url http://127.0.0.1:1 --duration 1")).ShouldBe(CommandLine.NotRun);
        _progress.ToString().ShouldContain("could not be run");
    }

    private Task<int> RunAsync(string arguments) =>
        CommandLine.RunAsync(arguments.Split(' '), TimeProvider.System, _output, _progress);
}
