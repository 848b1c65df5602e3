using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Threadwell.Storage.Sealing;

/// <summary>A column whose texts are sealed.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">Its name.</param>
public sealed record SealedColumn(string Table, string Column)
{
    /// <summary>What its texts are bound to.</summary>
    public string Place => $"{Table}.{Column}";
}

/// <summary>The columns of the properties that <see cref="SealedAttribute"/> marks: they go to the database through a cipher.</summary>
public static class SealedColumns
{
    /// <summary>Gives a context the cipher of its database.</summary>
    public static void UseCipher(this DbContextOptionsBuilder options, RecordCipher cipher)
    {
        ArgumentNullException.ThrowIfNull(options);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new CipherOption(cipher));
        options.ReplaceService<IModelCacheKeyFactory, ModelOfCipher>();
    }

    /// <summary>All sealed columns of a model.</summary>
    public static IReadOnlyList<SealedColumn> Of(IReadOnlyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(IsSealed).Select(Column).OrderBy(column => column.Place, StringComparer.Ordinal)];
    }

    internal static RecordCipher CipherOf(DbContextOptions options) =>
        options.FindExtension<CipherOption>()?.Cipher ?? throw new InvalidOperationException("A context of the record needs its cipher; make its options by ClinicDatabase.Use.");

    internal static void Apply(ModelBuilder model, RecordCipher cipher)
    {
        foreach (IMutableProperty property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(IsSealed))
        {
            if (property.ClrType != typeof(string) || property.IsKey() || property.IsForeignKey() || property.IsIndex() || property.IsConcurrencyToken)
            {
                throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name} cannot be sealed: only a text that is neither key nor index can.");
            }

            string place = Column(property).Place;
            property.SetValueConverter(new ValueConverter<string, string>(text => cipher.SealText(text, place), stored => cipher.OpenText(stored, place)));

            // Sealed, a text is longer.
            property.SetMaxLength(null);
        }
    }

    private static bool IsSealed(IReadOnlyProperty property) => property.PropertyInfo?.IsDefined(typeof(SealedAttribute)) == true;

    private static SealedColumn Column(IReadOnlyProperty property) => new(property.DeclaringType.GetTableName()!, property.GetColumnName());

    // The cipher is in the model's converters: databases of one process with different keys have different models. A model takes a good part of a second to make, and its queries more.
    private sealed class ModelOfCipher : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((ThreadwellContext)context).Cipher.Mark, designTime);
    }

    private sealed class CipherOption(RecordCipher cipher) : IDbContextOptionsExtension
    {
        private ExtensionInfo? info;

        public RecordCipher Cipher => cipher;

        public DbContextOptionsExtensionInfo Info => info ??= new ExtensionInfo(this);

        public void ApplyServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
        {
            // It brings none.
        }

        public void Validate(IDbContextOptions options)
        {
            // Nothing can be wrong with it.
        }

        private sealed class ExtensionInfo(CipherOption option) : DbContextOptionsExtensionInfo(option)
        {
            public override bool IsDatabaseProvider => false;

            public override string LogFragment => "";

            public override int GetServiceProviderHashCode() => 0;

            public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

            public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
            {
                // A cipher is nothing to print.
            }
        }
    }
}
