using System.CommandLine;
using GridMesh.Load.Questions;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>search</c> and <c>kpis</c> on the command line.</summary>
internal static class QuestionCommand
{
    private static readonly QuestionOptions s_defaults = new();

    public static Command CreateSearch(TimeProvider time, TextWriter output, TextWriter progress) => Create(
        QuestionSets.Search, "Searches of every kind over the cases of years: area, step, line, category, owner, time, text. 案件检索。",
        time, output, progress);

    public static Command CreateKpis(TimeProvider time, TextWriter output, TextWriter progress) => Create(
        QuestionSets.Kpis, "Indices of areas, owners and posts by hour, day and month, with the spans before. 考核指标查询。",
        time, output, progress);

    private static Command Create(
        QuestionSet set, string description, TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to ask about. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var common = new RunArguments(s_defaults, "Questions a second. 每秒查询数。");
        var command = new Command(set.Name, description) { area };
        common.AddTo(command);
        common.Handle(
            command, parsed => new QuestionOptions { Area = parsed.GetValue(area)! },
            (options, context, cancellation) => new QuestionScenario(set, options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
