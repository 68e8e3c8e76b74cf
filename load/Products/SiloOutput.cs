using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>Reads what a process prints, so that it never waits for us, and keeps the end of it.</summary>
internal sealed class SiloOutput : IDisposable
{
    /// <summary>Most lines kept.</summary>
    private const int LinesMax = 30;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    private readonly StreamWriter? _file;
    private bool _isClosed;

    /// <param name="file">Where all of it is written; null: only the end is kept.</param>
    public SiloOutput(Process process, string? file)
    {
        _file = file is null ? null : new StreamWriter(file) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string LastWords
    {
        get
        {
            lock (_gate)
            {
                return string.Join(Environment.NewLine, _lines);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _isClosed = true;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _file?.WriteLine(line);
            _lines.Enqueue(line);
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }
        }
    }
}
