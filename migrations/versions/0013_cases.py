"""Whose cases a report asks for, and what they let it tell."""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('asked_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=8), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('words', sa.String(length=600), nullable=False),
    sa.CheckConstraint("side IN ('above', 'below')", name=op.f('ck_asked_case_side')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_asked_case_enrolment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asked_case')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_asked_case_enrolment_id'))
    )


def downgrade() -> None:
    op.drop_table('asked_case')
