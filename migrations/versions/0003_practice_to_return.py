"""From practice to return: opportunities, conversions, introductions and merged aliases, the gate, own terms.

A conversion is there in all its parts or not at all, as the models say.
"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CONVERSION = (
    (
        "conversion",
        "(original_amount IS NULL) = (original_currency IS NULL) AND (original_amount IS NULL) = (rate IS NULL)",
    ),
    ("rate", "rate > 0 AND original_amount > 0"),
)


def upgrade() -> None:
    op.create_table('batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('replies', sa.Integer(), nullable=False),
    sa.Column('two_way', sa.Integer(), nullable=False),
    sa.Column('answered_in_time', sa.Integer(), nullable=False),
    sa.Column('complaints', sa.Integer(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('answered_in_time BETWEEN 0 AND replies AND complaints BETWEEN 0 AND size', name=op.f('ck_batch_answers')),
    sa.CheckConstraint('replies BETWEEN 0 AND size AND two_way BETWEEN 0 AND replies', name=op.f('ck_batch_replies')),
    sa.CheckConstraint('size BETWEEN 1 AND 100000', name=op.f('ck_batch_size')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_batch_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['replaces_id'], ['batch.id'], name=op.f('fk_batch_replaces_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_batch_replaces_id'))
    )
    with op.batch_alter_table('batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_batch_person_id_day_id'), ['person_id', 'day', 'id'], unique=False)

    op.create_table('gate_terms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('batch', sa.Integer(), nullable=False),
    sa.Column('capacity_minutes', sa.Integer(), nullable=False),
    sa.Column('reply_minutes', sa.Integer(), nullable=False),
    sa.Column('send_minutes', sa.Integer(), nullable=False),
    sa.Column('send_cost', sa.BigInteger(), nullable=False),
    sa.Column('deal_margin', sa.BigInteger(), nullable=False),
    sa.Column('law', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('batch BETWEEN 1 AND 100000', name=op.f('ck_gate_terms_batch')),
    sa.CheckConstraint('capacity_minutes >= 0 AND reply_minutes >= 0 AND send_minutes >= 0', name=op.f('ck_gate_terms_minutes')),
    sa.CheckConstraint('send_cost >= 0 AND deal_margin >= 0', name=op.f('ck_gate_terms_money')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_gate_terms_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gate_terms'))
    )
    with op.batch_alter_table('gate_terms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gate_terms_person_id_day_id'), ['person_id', 'day', 'id'], unique=False)

    op.create_table('number_terms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('income', sa.BigInteger(), nullable=False),
    sa.Column('deal', sa.BigInteger(), nullable=False),
    sa.Column('margin', sa.Integer(), nullable=False),
    sa.Column('frequency', sa.BigInteger(), nullable=False),
    sa.Column('introductions', sa.BigInteger(), nullable=True),
    sa.Column('wins', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('income > 0 AND deal > 0 AND frequency > 0', name=op.f('ck_number_terms_amounts')),
    sa.CheckConstraint('introductions >= 0 AND wins >= 0', name=op.f('ck_number_terms_growth')),
    sa.CheckConstraint('margin BETWEEN 1 AND 10000', name=op.f('ck_number_terms_margin')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_number_terms_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_terms')),
    sa.UniqueConstraint('person_id', name=op.f('uq_number_terms_person_id'))
    )
    op.create_table('delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('relationship_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('what', sa.String(length=140), nullable=False),
    sa.Column('as_promised', sa.Boolean(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_delivery_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['relationship_id'], ['relationship.id'], name=op.f('fk_delivery_relationship_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery'))
    )
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delivery_person_id_day_id'), ['person_id', 'day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_relationship_id'), ['relationship_id'], unique=False)

    op.create_table('intangible',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('relationship_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('text', sa.String(length=280), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_intangible_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['relationship_id'], ['relationship.id'], name=op.f('fk_intangible_relationship_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intangible'))
    )
    with op.batch_alter_table('intangible', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intangible_person_id_day_id'), ['person_id', 'day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_intangible_relationship_id'), ['relationship_id'], unique=False)

    op.create_table('opportunity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('relationship_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('what', sa.String(length=140), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('margin', sa.Integer(), nullable=False),
    sa.Column('probability', sa.Integer(), nullable=True),
    sa.Column('expected_on', sa.Date(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('open', 'signed', 'paid', 'lost')", name=op.f('ck_opportunity_state')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_opportunity_amount')),
    sa.CheckConstraint('margin BETWEEN 0 AND 10000', name=op.f('ck_opportunity_margin')),
    sa.CheckConstraint('probability BETWEEN 0 AND 10000', name=op.f('ck_opportunity_probability')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_opportunity_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['relationship_id'], ['relationship.id'], name=op.f('fk_opportunity_relationship_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['replaces_id'], ['opportunity.id'], name=op.f('fk_opportunity_replaces_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_opportunity_replaces_id'))
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opportunity_person_id_day_id'), ['person_id', 'day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opportunity_relationship_id'), ['relationship_id'], unique=False)

    with op.batch_alter_table('cost', schema=None) as batch_op:
        batch_op.add_column(sa.Column('original_amount', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('original_currency', sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column('rate', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('rate_source', sa.String(length=140), nullable=False, server_default=""))
        for name, rule in CONVERSION:
            batch_op.create_check_constraint(name, rule)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('discount_rate', sa.Integer(), nullable=False, server_default="1000"))
        batch_op.create_check_constraint(batch_op.f('ck_person_discount_rate'), 'discount_rate BETWEEN 0 AND 10000')

    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entry_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_plan_entry_id'), ['entry_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_plan_entry_id'), 'entry', ['entry_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.add_column(sa.Column('minutes', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_reading_minutes'), 'minutes BETWEEN 0 AND 1440')

    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(length=12), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_receipt_origin'), "origin IN ('knew', 'introduced', 'returned', 'found_me', 'outreach', 'advert')")
        batch_op.add_column(sa.Column('opportunity_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('original_amount', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('original_currency', sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column('rate', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('rate_source', sa.String(length=140), nullable=False, server_default=""))
        for name, rule in CONVERSION:
            batch_op.create_check_constraint(name, rule)
        batch_op.create_index(batch_op.f('ix_receipt_opportunity_id'), ['opportunity_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_receipt_opportunity_id'), 'opportunity', ['opportunity_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('relationship', schema=None) as batch_op:
        batch_op.add_column(sa.Column('introduced_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('merged_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_relationship_introduced_by_another'), 'introduced_by_id <> id')
        batch_op.create_check_constraint(batch_op.f('ck_relationship_merged_into_another'), 'merged_into_id <> id')
        batch_op.create_check_constraint(batch_op.f('ck_relationship_merged_has_no_seat'), '(merged_into_id IS NULL) OR (seat IS NULL)')
        batch_op.create_index(batch_op.f('ix_relationship_introduced_by_id'), ['introduced_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_relationship_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_relationship_merged_into_id'), 'relationship', ['merged_into_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_relationship_introduced_by_id'), 'relationship', ['introduced_by_id'], ['id'], ondelete='SET NULL')
