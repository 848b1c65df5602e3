using System.Collections.Concurrent;
using Threadwell.Anatomy.VirtualPatients;

namespace Threadwell.Anatomy.Tests.VirtualPatients;

/// <summary>Virtual patients that several tests look at, each made once.</summary>
internal static class SamplePatients
{
    private static readonly ConcurrentDictionary<VirtualPatientTraits, Lazy<VirtualPatient>> Made = new();

    public static VirtualPatient Head(Sex sex = Sex.Female, Laxity laxity = Laxity.Mild, ulong seed = 1) => Get(new() { AgeYears = 45, Sex = sex, Laxity = laxity, Seed = seed });

    public static VirtualPatient Torso(Sex sex = Sex.Female, Laxity laxity = Laxity.Mild, ulong seed = 1) =>
        Get(new() { AgeYears = 45, Sex = sex, Laxity = laxity, Seed = seed, Body = VirtualBody.Torso });

    private static VirtualPatient Get(VirtualPatientTraits traits) => Made.GetOrAdd(traits, t => new Lazy<VirtualPatient>(() => VirtualPatient.Create(t))).Value;
}
