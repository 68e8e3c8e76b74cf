namespace GridMesh.Load.Tests;

public sealed class ProgramTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _progress = new();

    [Theory(DisplayName = "[LO5] an argument that is wrong is told by its name, nothing is run, and the exit is 2")]
    [InlineData("latency --rate 1001", "--rate is 1001;")]
    [InlineData("latency --rate many", "--rate is 'many', which is not a number")]
    [InlineData("latency --duration 3601", "--duration is 3601;")]
    [InlineData("latency --url nowhere", "--url is 'nowhere'")]
    [InlineData("latency --pid 5", "--pid goes with --url")]
    [InlineData("latency --storage postgres", "--storage postgres and --connection go together")]
    [InlineData("latency --url http://127.0.0.1:1 --data x", "are for a product of our own")]
    [InlineData("kill --connection Host=x", "--storage postgres and --connection go together")]
    [InlineData("kill --storage paper", "--storage is 'paper'")]
    [InlineData("cluster", "--connection is missing;")]
    [InlineData("cluster --connection Host=x --silos 2", "--silos is 2;")]
    [InlineData("fanout --clients 100001", "--clients is 100001;")]
    [InlineData("reconnect --areas 0", "--areas is 0;")]
    [InlineData("people --districts 5,2", "--districts has to go up")]
    [InlineData("people --districts 51", "--districts is 51;")]
    [InlineData("people --districts many", "--districts is 'many'")]
    [InlineData("ingest --url http://127.0.0.1:1", "--url")]
    [InlineData("district --duration 30", "--duration is 30;")]
    [InlineData("seed --districts 1", "--data is missing;")]
    [InlineData("seed --data x --until 1999-01-01", "--until is 1999-01-01;")]
    [InlineData("patrols --data x", "--data")]
    [InlineData("unheard-of", "unheard-of")]
    public async Task Wrong_arguments(string arguments, string problem)
    {
        (await RunAsync(arguments)).ShouldBe(2);
        _progress.ToString().ShouldContain(problem);
        _output.ToString().ShouldBeEmpty();
    }

    [Theory(DisplayName = "[LO5] everything that is wrong is told at once")]
    [InlineData("latency --rate 0 --duration 0 --speed 0", "--rate is 0;", "--duration is 0;", "--speed is 0;")]
    [InlineData(
        "lifecycle --rate 10001 --callers 1001 --crew 0", "--rate is 10001;", "--callers is 1001;", "--crew is 0;")]
    [InlineData("watches --watches 200001 --due 1 --lead 0", "--watches is 200001;", "--due is 1;", "--lead is 0;")]
    [InlineData("patrols --plans 401 --missed 91 --codes -1", "--plans is 401;", "--missed is 91;", "--codes is -1;")]
    public async Task All_problems(string arguments, params string[] problems)
    {
        (await RunAsync(arguments)).ShouldBe(2);
        foreach (var problem in problems)
            _progress.ToString().ShouldContain(problem);
    }

    [Theory(DisplayName = "[LO5] --help lists the scenarios and the options of each with what they are otherwise, and exits with 0")]
    [InlineData("--help", "latency", "bare-hub")]
    [InlineData("kill --help", "--kills <kills>", "[default: 20]")]
    [InlineData("people --help", "[default: 1,2,5,10,20]", "--go-on")]
    public async Task Help(string arguments, string one, string other)
    {
        (await RunAsync(arguments)).ShouldBe(0);
        _output.ToString().ShouldContain(one);
        _output.ToString().ShouldContain(other);
    }

    [Fact(DisplayName = "[LO5] a product that does not answer is no missed threshold: the exit is 2")]
    public async Task Nobody_there()
    {
        // Port 1 of this machine is reserved and nobody listens there.
        (await RunAsync("latency --url http://127.0.0.1:1 --duration 1")).ShouldBe(2);
        _progress.ToString().ShouldContain("could not be run");
    }

    private Task<int> RunAsync(string arguments) =>
        Program.RunAsync(arguments.Split(' '), new Terminal(TimeProvider.System, _output, _progress));
}
