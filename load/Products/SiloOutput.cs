using System.Diagnostics;

namespace GridMesh.Load.Products;

/// <summary>Reads what a process prints, so that it never waits for us, and keeps the end of it.</summary>
internal sealed class SiloOutput
{
    /// <summary>Most lines kept.</summary>
    private const int LinesMax = 30;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    public SiloOutput(Process process)
    {
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

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }
        }
    }
}
