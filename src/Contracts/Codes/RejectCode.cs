namespace GridMesh.Contracts.Codes;

/// <summary>
/// An expected no. Closed; the name is the sentence, and the stable <c>code</c> of the problem response.
/// </summary>
[GenerateSerializer, Alias("RejectCode")]
public enum RejectCode
{
    /// <summary>No case of this number exists.</summary>
    CaseNotFound,

    /// <summary>The case already exists under this number.</summary>
    CaseAlreadyReported,

    /// <summary>This command id was used for something else.</summary>
    CommandIdAlreadyUsed,

    /// <summary>Only a case that waits for dispatch (Reported or Returned) can be dispatched.</summary>
    OnlyReportedOrReturnedCanBeDispatched,
    OnlyReportedCanBeSelfHandled,
    OnlyReportedCanBeRejected,
    OnlyDispatchedCanBeAccepted,
    OwnerMustAcceptFirst,
    OnlyDispatchedOrHandlingCanBeReturned,
    OnlyHandlingCanBeResolved,
    OnlyInspectingCanBeInspected,
    OnlyFeedbackCanBeTold,
    OnlyClosedCanBeEvaluated,
    CaseIsClosed,
    OnlyTheOwnerMay,
    InspectorMustNotBeTheHandler,
    OnlyAWorkerOfTheGridMaySelfHandle,
    OnlyADispatcherOrTheGridLeaderMay,
    OnlyAnInspectorMay,
    OnlyADispatcherOrTheOwnerMayTell,
    OnlyReporterOrResidentMayEvaluate,
    OwnerIsUnknown,
    OwnerDoesNotServeThisLine,
    CategoryIsUnknown,
    LineDoesNotMatchCategory,
    GridIsUnknown,
    GridHoldsTooManyOpenCases,
    GridHasNoNumbersLeftToday,
    WorkerIsUnknown,
    OnlyTheWorkerOrItsLeadMay,
    WorkerIsOffDuty,
    PositionIsFromTheFuture,
    DeviceIsUnknown,
    BuildingIsUnknown,
    AreaIsUnknown,
    AreaIsOutsideYourOwn,
    LineIsOutsideYourOwn,
    RoleMayNot,
    OnlyClosedCanBeReopened,

    /// <summary>A case can be taken up again for 72 hours after it was closed.</summary>
    TimeToReopenIsOver,
    OnlyReporterOrInspectorMayReopen,
    OnlyTheOwnerOrItsDeskMay,
    DeskIsTheHighest,
    DeskIsTheLowest,

    /// <summary>Back goes a case to a desk between the present one and its grid.</summary>
    DeskIsNotOnTheWay,
    OnlyTheDeskMay,
    OnlyHandlingCanBeExtendedOrSuspended,
    ARequestIsUndecided,
    NothingWasAskedFor,

    /// <summary>No longer than the standard's own limit.</summary>
    ExtensionIsTooLong,

    /// <summary>A case is extended twice at most.</summary>
    NoMoreExtensions,
    OnlyASupervisorMay,
    NobodyDecidesForThemselves,
    CaseIsSuspended,
    CaseIsNotSuspended,
    OnlyReportedCanBeMerged,
    CaseCannotMergeIntoItself,
    CaseToMergeIntoIsUnknown,
    CaseToMergeIntoIsClosed,

    /// <summary>A case that goes on for others is not merged itself; nor does it take more than a hundred.</summary>
    CaseHoldsMergedCases,
    OnlyClosedCanBeAppealed,
    OnlyLateCasesCanBeAppealed,
    CaseWasAppealedAlready,
    NoAppealIsOpen,
    ReviewersMustDiffer,
    DepartmentIsUnknown,
    TooManyDepartments,
    TimeIsInThePast,
    DepartmentWasNotSummoned,
    PlanIsUnknown,
    PlanExistsAlready,
    PlanHasEnded,
    GridHoldsTooManyPlans,
    OnlyTheGridLeaderOrItsDesksMayPlan,
    CheckpointIsUnknown,
    CheckpointIsNotDue,

    /// <summary>Somebody was there in this round, and this code does not count again.</summary>
    CheckpointIsDoneAlready,

    /// <summary>This very code was used in this round.</summary>
    CheckInIsReplayed,
    CheckInIsTooFarAway,

    /// <summary>A printed code can be carried about: it needs a position with it.</summary>
    CheckInNeedsAPosition,

    /// <summary>No code of ours, or one of another district's keys.</summary>
    CodeIsForged,

    /// <summary>A code from a display counts for a minute or two.</summary>
    CodeHasExpired,
    OnlyTheWorkerItselfMay,
    NothingIsMissed,

    /// <summary>A watch is begun and ended by the people of its grid.</summary>
    OnlyTheOwnGridMay,
    OnlyTheOwnGridAndItsDesksMay,
    WatchIsUnknown,
    ConsentIsFromTheFuture,
    HouseholdIsWatchedAlready,
    GridHoldsTooManyWatches,

    /// <summary>Whoever takes over is on duty, and somebody else.</summary>
    OnlyAnotherWorkerOnDutyTakesOver,
    LinkIsUnknown,
    HouseholdIsLinkedAlready,

    /// <summary>A party member keeps to 20 households.</summary>
    VisitorHasTooManyHouseholds,
    GridHoldsTooManyLinks,
    OnlyTheVisitorOrTheGridMay,

    /// <summary>A case takes fifty reminders.</summary>
    TooManyReminders,

    /// <summary>A case takes nine photos.</summary>
    CaseHoldsTooManyPhotos,

    /// <summary>The case has no such photo.</summary>
    PhotoIsUnknown,

    /// <summary>A case takes a hundred notes.</summary>
    CaseHoldsTooManyNotes,
    OnlyHandlingCanBeMediated,

    /// <summary>Who the dispute is between is said before a session is put on record.</summary>
    PartiesAreUnnamed,
    PartiesWereNamedTooOften,
    SessionIsFromTheFuture,

    /// <summary>A case takes twenty sessions.</summary>
    TooManyMediations,

    /// <summary>A case with parties is resolved after a session that did not put it off.</summary>
    MediationIsOpen,
    ServiceIsUnknown,
    MatterIsUnknown,
    OnlyAskedCanBeTaken,
    OnlyAskedOrTakenCanBeAssigned,
    OnlyAskedOrTakenCanBeDeclined,
    OnlyTakenCanWaitForDocuments,
    NoDocumentsAreWaitedFor,
    OnlyTakenCanBeDone,
    OnlyDoneCanBeRated,

    /// <summary>Done, declined or withdrawn.</summary>
    ServiceIsOver,
    OnlyTheAskerMay,
    OnlyTheHolderOrTheGridLeaderMay,
    OnlyTheGridLeaderMayAssign,
    WorkerIsNotOfThisGrid,
    GridHoldsTooManyServices,

    /// <summary>Three open services of one telephone number in a grid.</summary>
    PhoneHasTooManyServices,
    ReviewItemIsUnknown,
    ReviewItemIsDone,

    /// <summary>Sixty reviews of which something is still to be done.</summary>
    AreaHoldsTooManyReviews,

    /// <summary>What is still being dealt with needs whom it is about.</summary>
    OnlyClosedCanBeErased,
    CaseHasNoReporter,

    /// <summary>Nothing of it is sealed: it is of before, or was erased.</summary>
    NothingToErase,
}
