using System.Reflection;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;

namespace GridMesh.Grains.Tests.Personal;

public sealed class PersonalMarkTests
{
    /// <summary>
    /// Texts of facts that say nothing of anybody who lives here: codes, ids, and names of what is planned.
    /// </summary>
    private static readonly HashSet<string> s_plain =
    [
        "IncidentReported.Category", "IncidentReported.AlarmKey", "HotlineOrder.Number",
        "IncidentDispatched.Owner", "IncidentSelfHandled.Owner", "IncidentHandedOver.From", "IncidentHandedOver.To",
        "DepartmentsSummoned.Departments", "DepartmentCheckedIn.Department", "Photo.Hash", "Photo.MediaType",
        "CaseErased.Reason", "CaseErased.Person", "CaseErased.Photos", "ServiceErased.Reason", "ServiceErased.Person",
        "ServiceFact.Service", "ServiceRequest.Id", "ServiceRequest.Matter", "ServiceTaken.Holder",
        "CareWatch.Id", "ConsentWithdrawn.Watch", "CareAlarmed.Watch", "CareWidened.Watch", "CareConfirmed.Watch",
        "CareWasRead.Building", "VisitLink.Id", "VisitLink.Visitor", "LinkEnded.Link", "HouseholdVisited.Link",
        "ReviewFact.Review", "ReviewItem.Topic", "ReviewItem.Decision", "ReviewItem.Responsible", "ReviewItemDone.Text",
        "PatrolPlan.Id", "PatrolPlan.Name", "Checkpoint.Id", "Checkpoint.Name", "PatrolSlot.Plan",
        "PatrolSlot.Checkpoint", "PatrolEnded.Plan", "PatrolEnded.Reason", "CheckpointDone.Worker",
        "CheckpointDone.Code", "MissesAcknowledged.Plan", "MissesAcknowledged.Reason",
    ];

    [Fact(DisplayName = "[PD1] every text of every fact is marked as personal or listed as none")]
    public void Complete()
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var fact in typeof(IFact).Assembly.GetTypes().Where(
            type => !type.IsAbstract && type.IsAssignableTo(typeof(IFact))))
        {
            Add(fact, texts, []);
        }

        texts.Except(s_plain).ShouldBeEmpty("mark it [Words] or [Contact], or list it here");
        s_plain.Except(texts).ShouldBeEmpty("it is marked, or there no more");
    }

    [Fact(DisplayName = "[PD1] what is personal is found wherever it stands in a fact, by the name it has in JSON")]
    public void Found()
    {
        PersonalField.Of(nameof(PartiesNamed))!.Below["parties"].Below["contact"].Part.ShouldBe(PersonalPart.Contact);
        PersonalField.Of(nameof(IncidentResolved))!.Below["evidence"].Part.ShouldBe(PersonalPart.Words);
        PersonalField.Of(nameof(ServiceAsked))!.Below["request"].Below["phone"].Part.ShouldBe(PersonalPart.Contact);
        PersonalField.Of(nameof(PhotoAdded)).ShouldBeNull();
    }

    private static void Add(Type type, SortedSet<string> texts, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            return;

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var of = property.PropertyType;
            while (of.IsGenericType)
                of = of.GetGenericArguments()[^1];

            var isAuthor = property.Name == nameof(IFact.By);
            if (of == typeof(string) && !isAuthor && property.GetCustomAttribute<PersonalAttribute>() is null)
            {
                texts.Add($"{property.DeclaringType!.Name}.{property.Name}");
            }
            else if (of.Assembly == typeof(IFact).Assembly && !of.IsEnum
                && of.Namespace is not ("GridMesh.Contracts.Codes" or "GridMesh.Contracts.Geo"))
            {
                Add(of, texts, seen);
            }
        }
    }
}
