using Orleans;

namespace GridMesh.Load.Tests.Products;

public sealed class SiloSetupTests
{
    [Fact(DisplayName = "[LO11] an executable that is named is run, and one that is not there is refused by its path")]
    public void Named()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "GridMesh.Silo.dll");
        Should.Throw<InvalidOperationException>(() => SiloSetup.FindAssembly(path)).Message.ShouldContain(path);
        File.WriteAllText(path, "");
        SiloSetup.FindAssembly(path).ShouldBe(path);
    }

    [Fact(DisplayName = "[LO11] a build on Orleans is told by what lies beside it, an older one by what does not")]
    public async Task Engine()
    {
        using var folder = new TemporaryFolder();
        var setup = new SiloSetup(Path.Combine(folder.Path, "GridMesh.Silo.dll"), folder.Path, null);
        File.WriteAllText(setup.Assembly, "");
        (await setup.SubjectAsync(TestContext.Current.CancellationToken))
            .ShouldBe(new Subject("unknown", "embedded", "Sqlite", "WAL, synchronous=FULL"));
        File.Copy(typeof(IGrain).Assembly.Location, Path.Combine(folder.Path, "Orleans.Runtime.dll"));
        (await setup.SubjectAsync(TestContext.Current.CancellationToken)).Engine.ShouldMatch(
            "^Orleans [0-9]+[.][1-9][0-9]*[.][0-9]+$");
    }

    [Fact(DisplayName = "[LO11] what lies in a store is read from the JSON of verify, never from a sentence")]
    public void Counts()
    {
        SiloSetup.CountsOf("starting\n{\"isClean\":true,\"facts\":20,\"cases\":10,\"open\":3,\"differences\":[]}\n")
            .ShouldBe(new StoreCounts(20, 10, 3));
        SiloSetup.CountsOf("clean: 20 facts, 10 cases, 3 open").ShouldBeNull();
    }

    [Fact(DisplayName = "[LO11] grids on a silo are counted by its metrics, and nothing else there")]
    public void Grids() => FaultScript.SumOf(
        "# TYPE orleans gauge\norleans{grain_type=\"grid\"} 140\norleans{grain_type=\"worker\"} 3\n",
        "orleans{grain_type=\"grid\"}").ShouldBe(140);

    [Fact(DisplayName = "[LO35] a .NET process collects when it is told to, and one that is none does not")]
    public async Task Collection()
    {
        var before = GC.CollectionCount(2);
        (await ProcessProbe.CollectAsync(Environment.ProcessId, TestContext.Current.CancellationToken)).ShouldBeTrue();
        GC.CollectionCount(2).ShouldBeGreaterThan(before);
        (await ProcessProbe.CollectAsync(1, TestContext.Current.CancellationToken)).ShouldBeFalse();
    }
}
