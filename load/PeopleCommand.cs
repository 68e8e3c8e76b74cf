using System.CommandLine;
using System.CommandLine.Parsing;
using GridMesh.Load.People;
using GridMesh.Load.Running;

namespace GridMesh.Load;

/// <summary><c>people</c> on the command line.</summary>
internal static class PeopleCommand
{
    private static readonly PeopleOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var districts = new Option<IReadOnlyList<int>>("--districts")
        {
            Description = "Districts of each step, such as 1,2,5,10,20. 每一步的区划数。",
            DefaultValueFactory = _ => s_defaults.Districts,
            CustomParser = StepsOf,
        };
        var phones = new Option<int>("--phones") { Description = "Phones that watch their grid, for each district. 每区手机数。", DefaultValueFactory = _ => s_defaults.Phones };
        var goesOn = new Option<bool>("--go-on") { Description = "Goes on after a step that broke. 未达标也继续。" };
        var common = new RunArguments(s_defaults, "Not used: a district's rates are what DOMAIN tells. 不使用。");
        var command = new Command(
            PeopleScenario.Name,
            "Adds districts of a million people until a threshold breaks, and says what broke. 逐步增加区划直到某项指标不达标。")
        {
            districts, phones, goesOn,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new PeopleOptions
            {
                Districts = parsed.GetValue(districts)!,
                Phones = parsed.GetValue(phones),
                GoesOn = parsed.GetValue(goesOn),
            },
            (options, context, cancellation) => new PeopleScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }

    private static IReadOnlyList<int>? StepsOf(ArgumentResult result)
    {
        var steps = new List<int>();
        foreach (var part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(part, out var step))
            {
                result.AddError($"--districts has '{part}'; it has to be numbers such as 1,2,5,10,20");
                return null;
            }

            steps.Add(step);
        }

        return steps;
    }
}
