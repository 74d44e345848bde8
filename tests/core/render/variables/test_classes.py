"""Variables that are fields of a settings class."""

from tests.support.variables import seen


def test_pydantic_settings():
    assert seen(
        a="""
        from typing import Annotated, ClassVar
        from pydantic import AliasChoices, AliasPath, Field
        from pydantic_settings import BaseSettings, SettingsConfigDict

        class Settings(BaseSettings):
            model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=".env")
            kind: ClassVar[str] = "x"
            _own: str = "y"
            redis_url: str
            debug: bool = False
            size: int = Field(default=3, gt=0)
            name: str = Field(...)
            tags: list[str] = Field(default_factory=list)
            key: str = Field(validation_alias="API_KEY")
            either: str = Field(alias=AliasChoices("ONE", AliasPath("TWO", 0)))
            annotated: Annotated[str, Field(alias="THREE")] = "z"
        """
    ) == {
        ("SHOP_REDIS_URL", True),
        ("SHOP_DEBUG", False),
        ("SHOP_SIZE", False),
        ("SHOP_NAME", True),
        ("SHOP_TAGS", False),
        ("API_KEY", True),
        ("ONE|TWO", True),
        ("THREE", False),
    }


def test_pydantic_of_the_first_version_and_a_base_class_elsewhere():
    assert seen(
        base="""
        from pydantic import BaseSettings
        class Base(BaseSettings):
            class Config:
                env_prefix = "APP_"
                case_sensitive = False
            host: str
        """,
        own="""
        from pydantic import Field
        from shop.base import Base
        class Own(Base):
            port: int
            token: str = Field(..., env=["TOKEN", "OLD_TOKEN"])
        """,
    ) == {("APP_HOST", True), ("APP_PORT", True), ("TOKEN|OLD_TOKEN", True)}


def test_case_matters_where_the_class_says_so():
    assert seen(
        a="""
        import pydantic_settings
        class S(pydantic_settings.BaseSettings):
            model_config = {"case_sensitive": True}
            Host: str
        """
    ) == {("Host", True)}


def test_other_classes_read_nothing():
    assert seen(a="class A:\n    x: str\nclass B(A, B):\n    y: str\n") == set()
