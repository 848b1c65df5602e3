using Threadwell.Care.Rules;

namespace Threadwell.Care.Treatments;

/// <summary>A specialty of a licence to practise.</summary>
/// <param name="Id">The word that a licence keeps.</param>
/// <param name="Name">Its name.</param>
/// <param name="MayPlaceThreads">Whether its holder may place threads (M11: a dermatologist-aesthetician).</param>
public sealed record Specialty(string Id, Wording Name, bool MayPlaceThreads);

/// <summary>The specialties that licences name.</summary>
public static class Specialties
{
    /// <summary>All, in the order in which they are offered.</summary>
    public static IReadOnlyList<Specialty> All { get; } =
    [
        new("dermatology", new("Dermatology", "Da liễu"), true),
        new("aesthetic-dermatology", new("Aesthetic dermatology", "Da liễu thẩm mỹ"), true),
        new("plastic-surgery", new("Plastic and aesthetic surgery", "Phẫu thuật tạo hình thẩm mỹ"), true),
        new("nursing", new("Nursing", "Điều dưỡng"), false),
        new("other", new("Another specialty", "Chuyên khoa khác"), false),
    ];

    /// <summary>The specialty of a word; null where there is none.</summary>
    public static Specialty? Find(string id) => All.FirstOrDefault(specialty => specialty.Id == id);
}
