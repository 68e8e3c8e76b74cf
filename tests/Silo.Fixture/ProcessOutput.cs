using System.Diagnostics;

namespace GridMesh.Silo.Fixture;

/// <summary>Reads what a process prints, so that it never waits for us, and keeps the end of it.</summary>
internal sealed class ProcessOutput : IDisposable
{
    private const int LinesMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private StreamWriter? _file;

    public ProcessOutput(Process process, string? file)
    {
        _file = file is null ? null : new StreamWriter(file) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join(System.Environment.NewLine, _lines);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _file?.WriteLine(line);
            _lines.Enqueue(line);
            if (_lines.Count > LinesMax)
                _lines.Dequeue();
        }
    }
}
