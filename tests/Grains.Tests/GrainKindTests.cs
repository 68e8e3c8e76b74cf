using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Tests.Wire;

namespace GridMesh.Grains.Tests;

public sealed class GrainKindTests
{
    [Fact(DisplayName = "[WI9, OR13] every class of grain is in the table of kinds once, by the name that addresses give it, and wakes as all do")]
    public void Classes()
    {
        var classes = typeof(GridGrain).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Grain)) && !type.IsAbstract);
        GrainKinds.All.Select(kind => kind.Class).ShouldBe(classes, ignoreOrder: true);
        foreach (var kind in GrainKinds.All)
        {
            kind.Name.ShouldBe(WireContract.GrainType(kind.Class));
            kind.Class.IsSubclassOf(typeof(MeshGrain)).ShouldBeTrue();
        }
    }

    [Fact(DisplayName = "[WI9] every family of facts has one kind of grain that writes it, in streams that are nobody else's")]
    public void Families()
    {
        var families = typeof(IFact).Assembly.GetTypes()
            .Where(
                type => type.IsClass && typeof(IFact).IsAssignableFrom(type)
                && !typeof(IFact).IsAssignableFrom(type.BaseType));
        var writers = GrainKinds.All.Where(kind => kind.Facts is not null).ToList();
        writers.Select(kind => kind.Facts).ShouldBe(families, ignoreOrder: true);
        writers.Select(kind => kind.Prefix).ShouldBeUnique();
        foreach (var kind in writers)
        {
            var key = kind == GrainKinds.Incident ? $"{Sample.Grid}-260302-0001" : Sample.Grid.Value;
            GrainKinds.OfStream(kind.StreamOf(key)).ShouldBe(kind);
            kind.KeyOf(kind.StreamOf(key)).ShouldBe(key);
        }

        GrainKinds.OfStream("drone:d1").ShouldBeNull();
        string.CompareOrdinal(GrainKinds.Patrol.StreamOf(":~"), GrainKinds.Patrol.StreamsEnd).ShouldBeLessThan(0);
    }

    [Fact(DisplayName = "[WI9] a kind reads the facts of its family")]
    public void Decodes()
    {
        ServiceFact fact = new ServiceTaken(Sample.Now, "w1", "s1", "w1");
        var record = new JournalRecord(
            1, GrainKinds.Service.StreamOf(Sample.Grid.Value), 1, Guid.Empty, Sample.Grid.District,
            nameof(ServiceTaken), Sample.Now, "w1",
            FactJson.Encode(fact), default);
        GrainKinds.Service.Decode(record).ShouldBe(fact);
    }

    [Fact(DisplayName = "[RU11, WI9] a kind that keeps a snapshot says how its fold is opened, and the fold is that of its facts")]
    public void Folds()
    {
        foreach (var kind in GrainKinds.All)
        {
            var fold = kind.Class.BaseType is { IsGenericType: true } parent
                && parent.GetGenericTypeDefinition() == typeof(FoldGrain<,,>)
                ? parent.GenericTypeArguments[2]
                : null;
            kind.Fold?.Invoke(null).GetType().ShouldBe(fold);
            (kind.Fold is null).ShouldBe(fold is null, kind.Name);
        }
    }
}
