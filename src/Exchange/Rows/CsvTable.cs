using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GridMesh.Exchange.Packages;

namespace GridMesh.Exchange.Rows;

/// <summary>The columns of one CSV file, how a row is read and how it is written.</summary>
/// <param name="File">Name in the package.</param>
/// <param name="RowsMax">Most rows.</param>
/// <param name="Columns">Header names that are required, in the order in which they are written.</param>
/// <param name="Read">Answers the entry; what is wrong with the row is reported on it.</param>
/// <param name="Write">The fields in the order of the columns, the optional ones last.</param>
internal sealed record CsvTable<T>(
    string File, int RowsMax, string[] Columns, Func<CsvRow, T> Read, Func<T, string[]> Write)
{
    /// <summary>No field of ours is longer; a stray quote otherwise swallows a whole file.</summary>
    private const int FieldCharactersMax = 64 * 1024;

    /// <summary>Columns that may be absent, written after the others.</summary>
    public string[] Optional { get; init; } = [];

    /// <summary>A package may lack the file; it has no rows then.</summary>
    public bool MayBeAbsent { get; init; }

    public List<Located<T>> ReadFrom(PackageReader package, ProblemList problems)
    {
        try
        {
            using var stream = package.Find(File);
            if (stream is not null)
                return ReadFrom(stream, problems);

            if (!MayBeAbsent)
                problems.Add(File, 0, "", "缺少文件", "the file is missing");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            problems.Add(File, 0, "", "文件无法读取", e.Message);
        }

        return [];
    }

    public List<Located<T>> ReadFrom(Stream stream, ProblemList problems)
    {
        var rows = new List<Located<T>>();
        try
        {
            ReadRows(stream, rows, problems);
        }
        catch (FileTooLargeException e)
        {
            problems.Add(File, 0, "", $"文件超过 {e.BytesMax} 字节", e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            problems.Add(File, 0, "", "文件无法读取", e.Message);
        }
        catch (CsvHelperException e)
        {
            problems.Add(
                File, e.Context?.Parser?.RawRow ?? 0, "", "CSV 格式错误", "this is not CSV, or a field is far too long");
        }

        return rows;
    }

    public void WriteTo(Stream stream, IEnumerable<T> entries)
    {
        using var csv = new CsvLines(stream, "\n");
        csv.Write([.. Columns, .. Optional]);
        foreach (var entry in entries)
            csv.Write(Write(entry));
    }

    private void ReadRows(Stream stream, List<Located<T>> rows, ProblemList problems)
    {
        using var csv = new CsvReader(
            Utf8Text.Reader(stream), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = FieldCharactersMax,
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
            BadDataFound = bad => problems.Add(
                File, bad.Context.Parser!.RawRow, "", "引号使用错误", "has a quote in the wrong place"),
        });
        if (!HeaderIsThere(csv, problems))
            return;

        var row = new CsvRow(csv, File, problems);
        while (csv.Read())
        {
            if (rows.Count == RowsMax)
            {
                problems.Add(File, csv.Parser.RawRow, "", $"超过 {RowsMax} 行", $"has more than {RowsMax} rows");
                return;
            }

            if (IsBroken(csv))
            {
                Utf8Text.Refuse(File, csv.Parser.RawRow, problems);
                return;
            }

            row.Next();
            if (csv.Parser.Count != csv.HeaderRecord!.Length)
            {
                row.Fail("", "列数与表头不符", "has not as many fields as the header");
                continue;
            }

            var entry = Read(row);
            if (!row.Failed)
                rows.Add(new Located<T>(row.Line, entry));
        }
    }

    private bool HeaderIsThere(CsvReader csv, ProblemList problems)
    {
        if (!csv.Read() || !csv.ReadHeader())
        {
            problems.Add(File, 1, "", "缺少表头", "the header is missing");
            return false;
        }

        if (IsBroken(csv))
        {
            Utf8Text.Refuse(File, csv.Parser.RawRow, problems);
            return false;
        }

        var names = csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant()).ToHashSet();
        var missing = Columns.Where(column => !names.Contains(column.ToLowerInvariant())).ToArray();
        foreach (var column in missing)
            problems.Add(File, 1, column, "缺少此列", "the column is missing");

        return missing.Length == 0;
    }

    /// <summary>Once is enough: every further row would say the same.</summary>
    private static bool IsBroken(CsvReader csv)
    {
        for (var i = 0; i < csv.Parser.Count; i++)
        {
            if (csv.Parser[i].Contains(Utf8Text.Broken))
                return true;
        }

        return false;
    }
}
