using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace GridMesh.Exchange.Rows;

/// <summary>
/// Writes CSV (RFC 4180), UTF-8 with its mark: the one place that knows how a field is quoted. The stream stays open.
/// </summary>
public sealed class CsvLines(Stream stream, string newLine) : IDisposable
{
    private readonly CsvWriter _csv = new(
        new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true),
        new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = newLine });

    public void Write(params ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields)
            _csv.WriteField(field);

        _csv.NextRecord();
    }

    public void Dispose() => _csv.Dispose();
}
