using GridMesh.Contracts.Care;

namespace GridMesh.Load.Watches;

internal sealed class AlarmJudge(IReadOnlySet<string> silent) : Punctuality("alarms", silent.Count)
{
    public override void Add(JournalRecord record)
    {
        if (record.Type != nameof(CareAlarmed) || FactJson.Decode<CareFact>(record) is not CareAlarmed alarm)
            return;

        if (silent.Contains(alarm.Watch))
            Record(alarm.Watch, alarm.Due, alarm.At);
        else
            Wrong++;
    }
}
