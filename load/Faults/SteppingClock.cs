namespace GridMesh.Load.Faults;

/// <summary>The wall clock of processes that begin with the prefix, by libfaketime; timers go on evenly.</summary>
internal sealed class SteppingClock
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private readonly string _file;

    public SteppingClock(string folder)
    {
        _file = $"{folder}.clock";
        Step(0);
    }

    public IReadOnlyList<string> Prefix => !File.Exists(Library)
        ? throw new InvalidOperationException($"{Library} is missing: apt-get install faketime")
        :
    [
        "env", $"LD_PRELOAD={Library}", $"FAKETIME_TIMESTAMP_FILE={_file}", "FAKETIME_CACHE_DURATION=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
    ];

    public void Step(int seconds) => File.WriteAllText(_file, $"{seconds:+0;-0;+0}");
}
