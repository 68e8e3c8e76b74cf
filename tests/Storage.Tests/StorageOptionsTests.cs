namespace GridMesh.Storage.Tests;

public sealed class StorageOptionsTests
{
    [Fact(DisplayName = "[ST26] options are checked as a whole: every problem is named at once, a clash with both names")]
    public void NamesAll()
    {
        var options = new StorageOptions
        {
            Kind = StorageKind.Postgres,
            JournalGroupMax = 0,
            TrackBatchMax = 1_000,
            TrackQueueMax = 10,
        };
        var failures = new StorageOptionsValidator().Validate(null, options).Failures.ShouldNotBeNull().ToArray();
        failures.Length.ShouldBe(3);
        failures.ShouldContain(line => line.Contains("ConnectionString"));
        failures.ShouldContain(line => line.Contains("JournalGroupMax"));
        failures.ShouldContain(line => line.Contains("TrackQueueMax") && line.Contains("TrackBatchMax"));
    }

    [Fact(DisplayName = "[ST26] the defaults are valid")]
    public void Defaults() =>
        new StorageOptionsValidator().Validate(null, new StorageOptions()).Succeeded.ShouldBeTrue();
}
