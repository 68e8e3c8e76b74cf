namespace GridMesh.Load.Tests;

public sealed class ProgramTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _progress = new();

    [Theory(DisplayName = "[LO5] an argument that is wrong is told by its name, nothing is run, and the exit is 2")]
    [InlineData("latency --rate 1001", "--rate is 1001;")]
    [InlineData("latency --rate many", "--rate is 'many', which is not a number")]
    [InlineData("latency --duration 3601", "--duration is 3601;")]
    [InlineData("people --connection Host=x", "--connection has room for one")]
    [InlineData("fanout --clients 20001", "--clients is 20001;")]
    [InlineData("reconnect --areas 0", "--areas is 0;")]
    [InlineData("people --districts 5,2", "--districts has to go up")]
    [InlineData("people --districts 51", "--districts is 51;")]
    [InlineData("people --districts many", "--districts is 'many'")]
    [InlineData("ingest --data x", "--data")]
    [InlineData("district --duration 30", "--duration is 30;")]
    [InlineData("seed --districts 1", "--data is missing;")]
    [InlineData("patrols --data x", "--data")]
    [InlineData("unheard-of", "unheard-of")]
    public async Task Wrong_arguments(string arguments, string problem)
    {
        (await RunAsync(arguments)).ShouldBe(2);
        _progress.ToString().ShouldContain(problem);
        _output.ToString().ShouldBeEmpty();
    }

    [Theory(DisplayName = "[LO5] everything that is wrong is told at once")]
    [InlineData("latency --rate 0 --duration 0", "--rate is 0;", "--duration is 0;")]
    [InlineData("lifecycle --rate 10001 --callers 1001", "--rate is 10001;", "--callers is 1001;")]
    [InlineData("watches --watches 200001 --due 1 --lead 0", "--watches is 200001;", "--due is 1;", "--lead is 0;")]
    [InlineData("patrols --plans 401 --duration 29", "--plans is 401;", "--duration is 29;")]
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

    [Fact(DisplayName = "[LO5] a product that cannot be started is no missed threshold: the exit is 2")]
    public async Task Nobody_there()
    {
        (await RunAsync("latency --silo nowhere.dll --duration 1")).ShouldBe(2);
        _progress.ToString().ShouldContain("could not be run");
    }

    private Task<int> RunAsync(string arguments) =>
        Program.RunAsync(arguments.Split(' '), new Terminal(TimeProvider.System, _output, _progress));
}
